/** JSON lines on standard output. */
@NullMarked
package com.example.service.logging;

import org.jspecify.annotations.NullMarked;
