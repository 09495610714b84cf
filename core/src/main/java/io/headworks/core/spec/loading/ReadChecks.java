package io.headworks.core.spec.loading;

import io.headworks.core.spec.descriptor.DatasetMention;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.format.ChecksFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check file as it was read; the draft is null when it is wrong. */
record ReadChecks(Node node, ChecksFormat.@Nullable Draft draft, List<SqlText> sql, List<DatasetMention> mentions) {}
