import { OBJECT_RULES } from '../../../src/rules/objects';
import { describeRules } from '../rule-table';

describeRules(OBJECT_RULES);
