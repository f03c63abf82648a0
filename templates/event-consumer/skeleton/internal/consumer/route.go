package consumer

import (
	"fmt"
	"slices"
	"time"
)

// Route says which topics there are, and where an event goes that failed. All but
// the first belong to this group alone: others who read the topic never see them.
type Route struct {
	Topic string
	Group string
	// Delays before each further attempt.
	Delays []time.Duration
}

// Retry names the topic in which events wait for an attempt; the first further one
// is 1.
func (r Route) Retry(attempt int) string {
	return fmt.Sprintf("%s.%s.retry.%d", r.Topic, r.Group, attempt)
}

// DeadLetters names the topic of events that were given up.
func (r Route) DeadLetters() string {
	return fmt.Sprintf("%s.%s.dead", r.Topic, r.Group)
}

// Topics to read, in the order in which a failing event goes through them.
func (r Route) Topics() []string {
	topics := []string{r.Topic}
	for index := range r.Delays {
		topics = append(topics, r.Retry(index+1))
	}
	return topics
}

// Next is where an event goes that failed in a topic, and how long it waits there.
func (r Route) Next(topic string) (next string, delay time.Duration) {
	attempt := slices.Index(r.Topics(), topic)
	if attempt >= len(r.Delays) {
		return r.DeadLetters(), 0
	}
	return r.Retry(attempt + 1), r.Delays[attempt]
}
