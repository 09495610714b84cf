package io.headworks.api.check;

/** How bad a failing check is, worst first. */
public enum Severity {
    P0,
    P1,
    P2,
    P3
}
