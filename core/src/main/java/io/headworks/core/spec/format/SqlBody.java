package io.headworks.core.spec.format;

/**
 * SQL and where it stands.
 *
 * @param file the .sql file, or the project file that holds the text itself
 */
record SqlBody(String file, String text) {}
