package io.headworks.server.process;

import java.util.ArrayList;
import java.util.List;

/**
 * How to start this program again, on the same project.
 *
 * @param words the command line up to the command
 */
public record Program(List<String> words) {
    public Program {
        words = List.copyOf(words);
    }

    List<String> with(List<String> arguments) {
        List<String> line = new ArrayList<>(words);
        line.addAll(arguments);
        return line;
    }
}
