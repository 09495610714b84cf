package io.headworks.core.spec.yaml;

/** What a YAML file may cost. */
final class YamlLimits {
    static final int BYTES = 10 * 1024 * 1024;
    static final int DEPTH = 64;

    /** Values in a file once its aliases are followed. */
    static final int VALUES = 500_000;

    private YamlLimits() {}
}
