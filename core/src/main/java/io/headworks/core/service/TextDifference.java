package io.headworks.core.service;

import java.util.ArrayList;
import java.util.List;

/** What an edit changes in a file, as people read it. */
final class TextDifference {
    private static final int AROUND = 2;

    private TextDifference() {}

    /** From the first to the last line that differs, with {@code +} or {@code -} in front, and two lines around. */
    static List<String> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int same = 0;
        while (same < old.size() && same < now.size() && old.get(same).equals(now.get(same))) {
            same++;
        }
        int rest = 0;
        while (rest < old.size() - same
                && rest < now.size() - same
                && old.get(old.size() - 1 - rest).equals(now.get(now.size() - 1 - rest))) {
            rest++;
        }
        List<String> lines = new ArrayList<>();
        old.subList(Math.max(0, same - AROUND), same).forEach(line -> lines.add("  " + line));
        old.subList(same, old.size() - rest).forEach(line -> lines.add("- " + line));
        now.subList(same, now.size() - rest).forEach(line -> lines.add("+ " + line));
        now.subList(now.size() - rest, Math.min(now.size(), now.size() - rest + AROUND))
                .forEach(line -> lines.add("  " + line));
        return lines;
    }
}
