using Tradepost.Arguments;

namespace Tradepost.Serving.Requests;

/// <summary>What a route's body holds, for its description.</summary>
internal sealed record BodySchema(ArgumentReader Fields, bool HasArguments);
