package io.headworks.core.plan;

import io.headworks.api.load.Load;
import io.headworks.api.transform.Operation.Lookup;

/**
 * Facts that are pointed at other versions of a dimension when a load of it changes which version holds at their time.
 *
 * @param pipeline that loads the facts
 * @param load how it does
 * @param lookup in the dimension, with {@code rekey}; what it takes is in the table of facts under the same names
 */
public record Rekey(String pipeline, Load load, Lookup lookup) {}
