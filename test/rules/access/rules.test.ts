import { ACCESS_RULES } from '../../../src/rules/access';
import { describeRules } from '../rule-table';

describeRules(ACCESS_RULES);
