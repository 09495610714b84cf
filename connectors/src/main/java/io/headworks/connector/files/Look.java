package io.headworks.connector.files;

import io.headworks.api.type.Schema;
import java.util.List;
import java.util.Map;

/** What looking into files found. {@code rejected} holds the paths of files left out as a whole. */
record Look(Schema schema, Map<String, String> detected, List<String> notes, List<String> rejected) {}
