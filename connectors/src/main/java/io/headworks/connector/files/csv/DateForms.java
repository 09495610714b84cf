package io.headworks.connector.files.csv;

import io.headworks.connector.files.infer.DateFormat;
import java.util.EnumSet;
import java.util.Set;

/**
 * The forms in which dates, and the dates of timestamps, may be written. Where one is open and the other narrows it
 * down, both are taken to be written alike.
 */
record DateForms(Set<DateFormat> dates, Set<DateFormat> timestamps) {
    static final DateForms NONE = new DateForms(Set.of(), Set.of());

    DateForms narrowed() {
        if (dates.isEmpty() || timestamps.isEmpty()) {
            return this;
        }
        EnumSet<DateFormat> common = EnumSet.copyOf(dates);
        common.retainAll(timestamps);
        return common.isEmpty() ? this : new DateForms(common, common);
    }
}
