/** Probes, metrics, the API document, and a graceful end. */
@NullMarked
package com.example.service.operations;

import org.jspecify.annotations.NullMarked;
