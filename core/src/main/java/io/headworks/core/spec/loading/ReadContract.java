package io.headworks.core.spec.loading;

import io.headworks.core.spec.descriptor.DatasetMention;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.format.ContractFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contract as it was read; the draft is null when it is wrong. */
record ReadContract(
        Node node, ContractFormat.@Nullable Draft draft, List<SqlText> sql, List<DatasetMention> mentions) {}
