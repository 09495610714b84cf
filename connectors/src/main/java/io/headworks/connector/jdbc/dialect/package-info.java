/** What is particular to each database: its driver and address, its SQL, its limits. Pure; opens nothing. */
@NullMarked
package io.headworks.connector.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
