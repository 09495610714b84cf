/** What documents and pages are made from: the project's files and the state, read anew when they change. */
@NullMarked
package io.headworks.server.view;

import org.jspecify.annotations.NullMarked;
