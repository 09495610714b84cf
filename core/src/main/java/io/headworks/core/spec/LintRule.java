package io.headworks.core.spec;

/** What {@code hw lint} looks for: things that work and are regretted later. Names are public. */
public enum LintRule {
    NO_DESCRIPTION("a pipeline without description: nobody knows what a row of its table is"),
    NO_OWNER("a pipeline without owner: nobody is asked when it fails"),
    NO_CHECKS("a pipeline without any check: its runs end unverified"),
    NO_CONTRACT("a table without contract: nobody who reads it knows what to count on; listed, no fault"),
    NO_TEST("a pipeline without test: what it does with a batch is seen in production first; listed, no fault"),
    UNCHECKED_KEY("merge keys without not_null and unique checks: NULL keys and duplicates are found too late"),
    INFERRED_TYPES("files without declared column types: the first load decides what they are for ever"),
    NO_BREAKER("max_change limits changes and not deletions: an emptied source empties the table"),
    SELECT_STAR("SQL with select *: a new column of the source changes the table"),
    NAME_STYLE("a pipeline or table whose name is not snake_case: it must be quoted in most databases");

    private final String description;

    LintRule(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
