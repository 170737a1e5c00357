import { NAME_RULES } from '../../../src/rules/names';
import { describeRules } from '../rule-table';

describeRules(NAME_RULES);
