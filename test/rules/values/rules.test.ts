import { VALUE_RULES } from '../../../src/rules/values';
import { describeRules } from '../rule-table';

describeRules(VALUE_RULES);
