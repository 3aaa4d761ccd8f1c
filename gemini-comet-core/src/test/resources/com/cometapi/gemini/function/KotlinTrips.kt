package com.cometapi.gemini.function

import com.cometapi.gemini.function.annotation.GeminiFunction

/**
 * Functions with default values, compiled to the class file next to it.
 */
class KotlinTrips {

	@GeminiFunction
	fun plan(city: String, days: Int = 3, note: String? = "none", tags: List<String> = listOf("new")): String =
		"$city $days $note $tags"

}
