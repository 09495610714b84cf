/**
 * Proofs of what loads leave behind: tests of pipelines, whose state before and batches are stated and whose state after
 * is compared. They work on isolated copies; nothing here knows commands, or writes into a project's own targets.
 */
@NullMarked
package io.headworks.core.proof;

import org.jspecify.annotations.NullMarked;
