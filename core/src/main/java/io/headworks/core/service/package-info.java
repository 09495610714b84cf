/** Use cases, one class each, called by the command line and the server. Print nothing; know nothing of flags or pages. */
@NullMarked
package io.headworks.core.service;

import org.jspecify.annotations.NullMarked;
