package io.headworks.api.lineage;

/** What a column is taken for. */
public enum Use {
    /** Its values are the values, unchanged. */
    COPIED(true),
    /** Its values are part of what the values are made from. */
    COMPUTED(true),
    /** It decides which rows there are: WHERE, HAVING, QUALIFY, FILTER, EXCEPT, INTERSECT. */
    FILTER(false),
    /** It decides which rows meet: ON, USING, the list that unnest takes apart. */
    JOIN(false),
    /** It decides which rows become one: GROUP BY, DISTINCT, UNION without ALL, the column of a PIVOT. */
    GROUP(false),
    /** It decides the order of rows, and so which ones a LIMIT leaves. */
    ORDER(false),
    /** It decides which rows a window function sees, and in which order. */
    WINDOW(false);

    private final boolean direct;

    Use(boolean direct) {
        this.direct = direct;
    }

    /** True where values go on; false where they only decide about others. */
    public boolean isDirect() {
        return direct;
    }

    /** What becomes of a column used so, of which another is made in this way. */
    public Use within(Use outer) {
        if (!direct) {
            return outer.direct ? this : outer;
        }
        return outer == COPIED ? this : outer;
    }
}
