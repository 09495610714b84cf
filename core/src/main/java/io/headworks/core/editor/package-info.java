/**
 * What an editor asks about a project while somebody types: what is wrong, what could stand here, what is this, where is it
 * written. Knows texts and places; nothing of the protocol that editors speak, and never runs anything.
 */
@NullMarked
package io.headworks.core.editor;

import org.jspecify.annotations.NullMarked;
