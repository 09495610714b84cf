package io.headworks.core.lineage;

import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Use;
import java.util.Set;

/** One column has a part in another. */
public record Edge(SourceColumn from, SourceColumn to, Set<Use> uses) {}
