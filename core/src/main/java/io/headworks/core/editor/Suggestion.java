package io.headworks.core.editor;

/**
 * Something that could stand at a place.
 *
 * @param insert what replaces the word that is typed
 * @param detail a few words beside it
 * @param documentation Markdown; empty for none
 */
public record Suggestion(String label, String insert, What what, String detail, String documentation) {
    public enum What {
        KEY,
        VALUE,
        CONNECTION,
        DATASET,
        PIPELINE,
        COLUMN,
        VARIABLE
    }
}
