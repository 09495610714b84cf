package io.headworks.connector.mysql.catalog;

import java.util.ArrayList;
import java.util.List;

/** The labels in {@code enum('a','it''s')}, as the server prints them: a quote doubled, nothing else escaped. */
final class EnumLabels {
    private EnumLabels() {}

    static List<String> of(String declared) {
        List<String> labels = new ArrayList<>();
        int at = declared.indexOf('\'');
        while (at >= 0) {
            StringBuilder label = new StringBuilder();
            int next = at + 1;
            while (declared.charAt(next) != '\'' || next + 1 < declared.length() && declared.charAt(next + 1) == '\'') {
                label.append(declared.charAt(next));
                next += declared.charAt(next) == '\'' ? 2 : 1;
            }
            labels.add(label.toString());
            at = declared.indexOf('\'', next + 1);
        }
        return labels;
    }
}
