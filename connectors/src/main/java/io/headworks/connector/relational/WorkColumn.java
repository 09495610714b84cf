package io.headworks.connector.relational;

/**
 * A column of a temporary table that is made of a query's rows.
 *
 * @param declared its type in the database's own words, for those that do not take it from the query
 */
public record WorkColumn(String name, String declared, boolean indexed) {}
