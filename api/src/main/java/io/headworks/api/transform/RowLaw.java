package io.headworks.api.transform;

/** What an operation promises about the number of rows; a broken law fails the run. */
public enum RowLaw {
    /** Rows out = rows in; a look-up that finds two rows is an error. */
    PRESERVING,
    /** Rows in = rows out + rejected + filtered + duplicates. */
    REDUCING,
    /** Rows out are others than rows in; both counts are recorded. */
    RESHAPING
}
