import { STORAGE_RULES } from '../../../src/rules/storage';
import { describeRules } from '../rule-table';

describeRules(STORAGE_RULES);
