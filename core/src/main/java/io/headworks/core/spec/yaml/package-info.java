/**
 * YAML 1.2 files as trees that know where each value stands, with the limits that keep hostile input harmless. Knows
 * nothing of what keys mean; the only door to the YAML library.
 */
@NullMarked
package io.headworks.core.spec.yaml;

import org.jspecify.annotations.NullMarked;
