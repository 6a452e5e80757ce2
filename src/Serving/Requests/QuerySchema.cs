using Tradepost.Arguments;

namespace Tradepost.Serving.Requests;

/// <summary>What may stand behind the question mark, for a route's description.</summary>
internal sealed record QuerySchema(ArgumentReader Fields);
