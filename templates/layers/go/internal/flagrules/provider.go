package flagrules

import (
	"context"

	"github.com/open-feature/flagd/core/pkg/evaluator"
	"github.com/open-feature/flagd/core/pkg/model"
	"github.com/open-feature/go-sdk/openfeature"
)

// provider puts OpenFeature's questions to flagd's engine.
type provider struct{ resolver evaluator.IResolver }

func (p provider) Metadata() openfeature.Metadata { return openfeature.Metadata{Name: "flagd"} }

func (p provider) Hooks() []openfeature.Hook { return nil }

func (p provider) BooleanEvaluation(
	ctx context.Context, flag string, _ bool, about openfeature.FlattenedContext,
) openfeature.BoolResolutionDetail {
	return answer(p.resolver.ResolveBooleanValue(ctx, "", flag, about))
}

func (p provider) StringEvaluation(
	ctx context.Context, flag string, _ string, about openfeature.FlattenedContext,
) openfeature.StringResolutionDetail {
	return answer(p.resolver.ResolveStringValue(ctx, "", flag, about))
}

func (p provider) FloatEvaluation(
	ctx context.Context, flag string, _ float64, about openfeature.FlattenedContext,
) openfeature.FloatResolutionDetail {
	return answer(p.resolver.ResolveFloatValue(ctx, "", flag, about))
}

func (p provider) IntEvaluation(
	ctx context.Context, flag string, _ int64, about openfeature.FlattenedContext,
) openfeature.IntResolutionDetail {
	return answer(p.resolver.ResolveIntValue(ctx, "", flag, about))
}

func (p provider) ObjectEvaluation(
	ctx context.Context, flag string, _ any, about openfeature.FlattenedContext,
) openfeature.InterfaceResolutionDetail {
	found := answer(p.resolver.ResolveObjectValue(ctx, "", flag, about))
	return openfeature.InterfaceResolutionDetail{
		Value:                    found.Value,
		ProviderResolutionDetail: found.ProviderResolutionDetail,
	}
}

// answer is flagd's, in the words of OpenFeature, which takes the default where it is an
// error.
func answer[T any](
	value T, variant, reason string, metadata model.Metadata, err error,
) openfeature.GenericResolutionDetail[T] {
	detail := openfeature.ProviderResolutionDetail{
		Reason: openfeature.Reason(reason), Variant: variant, FlagMetadata: metadata,
	}
	if err != nil {
		detail.ResolutionError = resolutionError(err)
	}
	return openfeature.GenericResolutionDetail[T]{Value: value, ProviderResolutionDetail: detail}
}

func resolutionError(err error) openfeature.ResolutionError {
	switch err.Error() {
	case model.FlagNotFoundErrorCode:
		return openfeature.NewFlagNotFoundResolutionError("the rules do not name it")
	case model.FlagDisabledErrorCode:
		return openfeature.NewFlagNotFoundResolutionError("the rules disable it")
	case model.TypeMismatchErrorCode:
		return openfeature.NewTypeMismatchResolutionError("its value is of another type")
	case model.ParseErrorCode:
		return openfeature.NewParseErrorResolutionError("its targeting cannot be read")
	default:
		return openfeature.NewGeneralResolutionError(err.Error())
	}
}
