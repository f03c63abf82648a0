/** Only callers with a valid token pass. */
@NullMarked
package com.example.service.security;

import org.jspecify.annotations.NullMarked;
