/**
 * Contracts as documents of the Open Data Contract Standard, read from 3.0 and 3.1, written as 3.1. Knows trees and texts; what
 * a contract means is for the packages that read and enforce it.
 */
@NullMarked
package io.headworks.core.contract.odcs;

import org.jspecify.annotations.NullMarked;
