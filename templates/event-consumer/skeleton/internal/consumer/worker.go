package consumer

import (
	"context"
	"sync"

	"github.com/twmb/franz-go/pkg/kgo"
)

// worker settles the events of one partition, one after the other.
type worker struct {
	// pause and resume the fetching of the partition.
	pause, resume func()
	mutex         sync.Mutex
	waiting       []*kgo.Record
	paused        bool
	wake          chan struct{}
	// stop keeps it from beginning another event; abort ends the one in work.
	stop, abort context.CancelFunc
	ended       chan struct{}
}

// add gives it records. Once many wait, no more are fetched: one partition that waits
// must not fill the memory, and must hold up no other.
func (w *worker) add(records []*kgo.Record) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.waiting = append(w.waiting, records...)
	if len(w.waiting) >= mostEvents && !w.paused {
		w.pause()
		w.paused = true
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// take gives all that waits. When that is nothing, more may come again.
func (w *worker) take() []*kgo.Record {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	records := w.waiting
	w.waiting = nil
	if len(records) == 0 && w.paused {
		w.resume()
		w.paused = false
	}
	return records
}

func (c *Consumer) startWorker(at partition) *worker {
	soft, stop := context.WithCancel(context.Background())
	hard, abort := context.WithCancel(context.Background())
	w := &worker{
		pause:  func() { c.client.PauseFetchPartitions(at.only()) },
		resume: func() { c.client.ResumeFetchPartitions(at.only()) },
		wake:   make(chan struct{}, 1),
		stop:   stop,
		abort:  abort,
		ended:  make(chan struct{}),
	}
	go func() {
		defer close(w.ended)
		defer abort()
		defer stop()
		for {
			records := w.take()
			if !c.settle(soft, hard, records) {
				return
			}
			if len(records) > 0 {
				continue
			}
			select {
			case <-soft.Done():
				return
			case <-w.wake:
			}
		}
	}()
	return w
}

// settle tells whether all of them were. What follows an event that was not is not
// committed, and comes again.
func (c *Consumer) settle(soft, hard context.Context, records []*kgo.Record) bool {
	for _, record := range records {
		if !due(soft, record) || !c.pause.over(soft, record) || !c.processor.process(soft, hard, record) {
			return false
		}
		c.client.MarkCommitRecords(record)
	}
	return true
}
