package io.headworks.api.history;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;

/**
 * Members of a dimension that facts name before rows of their own have come. Each begins before every time, with nothing
 * known but its key: the row that comes later fills it.
 *
 * @param dimension how the table that lacks them is written
 * @param rows the columns of that table without audit columns, one row for each member; in work storage
 */
public record InferredMembers(Load dimension, Relation rows) {}
