package io.headworks.core.spec.format;

import io.headworks.api.load.Load;
import io.headworks.core.spec.yaml.Node;

/** A load with the connection it goes to, and where strategy and keys stand for problems found in the light of the extract. */
record LoadDraft(String connection, Load load, Node strategy) {}
