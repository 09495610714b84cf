package io.headworks.cli;

/** Colours of a terminal, or none. */
enum Colour {
    NONE,
    ANSI;

    String red(String text) {
        return painted("31", text);
    }

    String green(String text) {
        return painted("32", text);
    }

    String yellow(String text) {
        return painted("33", text);
    }

    String bold(String text) {
        return painted("1", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    /** The colour that a status of a run or check has. */
    String status(String status) {
        return switch (status) {
            case "success", "passed", "done" -> green(status);
            case "failed", "error" -> red(status);
            case "partial", "unverified", "warned", "cancelled", "interrupted" -> yellow(status);
            default -> status;
        };
    }

    private String painted(String code, String text) {
        return this == NONE || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
