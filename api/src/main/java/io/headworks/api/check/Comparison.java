package io.headworks.api.check;

/** How two values stand to each other. */
public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    EQUAL("="),
    NOT_EQUAL("<>"),
    AT_LEAST(">="),
    GREATER(">");

    private final String operator;

    Comparison(String operator) {
        this.operator = operator;
    }

    /** As in SQL. */
    public String operator() {
        return operator;
    }
}
