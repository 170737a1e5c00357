import { LINK_RULES } from '../../../src/rules/links';
import { describeRules } from '../rule-table';

describeRules(LINK_RULES);
