package io.headworks.core.spec.loading;

import io.headworks.core.spec.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings at the head of a model's file: a comment that begins with the line {@code /* model} and holds YAML. Lines count
 * as in the file.
 */
final class ModelHeader {
    private static final Pattern HEADER =
            Pattern.compile("\\A(\\uFEFF?\\s*/\\*[ \\t]*model[ \\t]*\\R)(.*?)\\*/", Pattern.DOTALL);

    private ModelHeader() {}

    static YamlReader.Documents of(String file, String text) {
        Matcher found = HEADER.matcher(text);
        if (!found.find()) {
            return new YamlReader.Documents(List.of(), List.of());
        }
        String before = found.group(1).replaceAll("[^\\r\\n]", "");
        return YamlReader.read(file, (before + found.group(2)).getBytes(StandardCharsets.UTF_8));
    }
}
