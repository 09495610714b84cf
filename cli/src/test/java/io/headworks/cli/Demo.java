package io.headworks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo from the source tree, where the reference project is that of the distribution. */
final class Demo {
    private static final String HOME = "headworks.home";

    private Demo() {}

    static Hw.Result run(Path folder, String... options) {
        List<String> arguments = new ArrayList<>(List.of("demo", folder.toString()));
        arguments.addAll(List.of(options));
        System.setProperty(HOME, "..");
        try {
            return Hw.runAnywhere(arguments.toArray(new String[0]));
        } finally {
            System.clearProperty(HOME);
        }
    }
}
