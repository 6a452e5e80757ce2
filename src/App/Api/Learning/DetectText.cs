namespace Tradepost.App.Api.Learning;

internal sealed record DetectText : SeriesText;
