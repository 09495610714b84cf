package io.headworks.core.spec.descriptor;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.yaml.Node;

/** A dataset named by an operation or a check. */
public record DatasetMention(String path, DatasetName name, Node node) {}
