package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import io.headworks.core.plan.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of a file that {@code hw plan --out} wrote, by pipeline: what was asked for, and the hash that must be met. */
public record ApprovedPlans(Map<String, Approved> byPipeline) {

    /** One approved plan. */
    public record Approved(Request request, String hash) {}

    public ApprovedPlans {
        byPipeline = Collections.unmodifiableMap(new LinkedHashMap<>(byPipeline));
    }

    public static ApprovedPlans read(Path file) {
        try {
            Map<String, @Nullable Object> document = Json.readObject(Files.readString(file));
            Map<String, Approved> plans = new LinkedHashMap<>();
            for (Object element : (List<?>) given(document, "plans")) {
                @SuppressWarnings("unchecked")
                Map<String, @Nullable Object> plan = (Map<String, @Nullable Object>) element;
                @SuppressWarnings("unchecked")
                Map<String, @Nullable Object> request = (Map<String, @Nullable Object>) given(plan, "request");
                plans.put(
                        given(plan, "pipeline").toString(),
                        new Approved(
                                new Request(
                                        (String) request.get("from"),
                                        (String) request.get("to"),
                                        Boolean.TRUE.equals(request.get("full_refresh"))),
                                given(plan, "hash").toString()));
            }
            return new ApprovedPlans(plans);
        } catch (IOException | RuntimeException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the plan " + file + ": "
                            + (unreadable instanceof IOException ? IoReason.of(unreadable) : unreadable.getMessage()),
                    "write one with hw plan --out FILE",
                    unreadable);
        }
    }

    private static Object given(Map<String, @Nullable Object> tree, String key) {
        Object value = tree.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return value;
    }
}
