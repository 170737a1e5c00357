import { LIMIT_RULES } from '../../../src/rules/limits';
import { describeRules } from '../rule-table';

describeRules(LIMIT_RULES);
