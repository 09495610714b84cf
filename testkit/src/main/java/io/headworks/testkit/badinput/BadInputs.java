package io.headworks.testkit.badinput;

import java.util.List;
import java.util.stream.Stream;

/** All inputs of the corpus. */
public final class BadInputs {
    private BadInputs() {}

    public static List<BadInput> all() {
        return Stream.of(
                        StructureInputs.all(),
                        EncodingInputs.all(),
                        ValueInputs.all(),
                        JsonInputs.all(),
                        ParquetInputs.all())
                .flatMap(List::stream)
                .toList();
    }
}
