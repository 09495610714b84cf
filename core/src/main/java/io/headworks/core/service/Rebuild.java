package io.headworks.core.service;

import org.jspecify.annotations.Nullable;

/**
 * What has to be loaded again after a change.
 *
 * @param intervals which part of the table
 * @param command that does it
 * @param seconds about how long by the runs that are kept; null where there is none like it
 */
public record Rebuild(
        String pipeline,
        String intervals,
        String command,
        @Nullable Double seconds) {}
