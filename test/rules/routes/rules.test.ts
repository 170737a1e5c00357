import { ROUTE_RULES } from '../../../src/rules/routes';
import { describeRules } from '../rule-table';

describeRules(ROUTE_RULES);
