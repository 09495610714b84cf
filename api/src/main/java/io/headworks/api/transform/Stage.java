package io.headworks.api.transform;

import java.util.List;

/** A named group of operations, carried out in order. */
public record Stage(String name, List<Operation> operations) {
    public Stage {
        operations = List.copyOf(operations);
    }
}
