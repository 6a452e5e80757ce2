using Tradepost.Arguments;

namespace Tradepost.App.Api.Requests;

/// <summary>What may stand behind the question mark, for a route's description.</summary>
internal sealed record QuerySchema(ArgumentReader Fields);
