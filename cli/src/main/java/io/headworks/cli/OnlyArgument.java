package io.headworks.cli;

import io.headworks.core.slice.Standing.Only;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which slices somebody wants. */
final class OnlyArgument implements ITypeConverter<Only> {
    @Override
    public Only convert(String text) {
        return Arrays.stream(Only.values())
                .filter(only -> only.key().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("Cannot choose slices: '" + text + "' (allowed: "
                        + Arrays.stream(Only.values()).map(Only::key).collect(Collectors.joining(", ")) + ")"));
    }
}
