namespace Tradepost.Marketplace.Sales;

/// <summary>Judges estimates of totals on products that were left out when the model was made.</summary>
internal static class TotalJudge
{
    private const int Folds = 5;

    /// <summary>The totals that are known of products that were seen once.</summary>
    public static IReadOnlyList<(double Reviews, double Units)> Known(SalesHistory history) =>
        [
            .. history
                .Products.Where(product => product.IsSnapshot && product.Sales.Count > 0 && product.Seen[0].Reviews >= RecentReviews.Least)
                .Select(product => (product.Seen[0].Reviews, product.Sales[^1].Units)),
        ];

    public static IReadOnlyList<JudgedCase> Run(IReadOnlyList<(double Reviews, double Units)> known)
    {
        var judged = new List<JudgedCase>(known.Count);
        for (var fold = 0; fold < Folds; fold++)
        {
            var others = known.Where((_, i) => i % Folds != fold).ToList();
            if (TotalModel.Learn(others) is not { } model)
            {
                return [];
            }

            var constant = others.Sum(one => one.Units) / others.Sum(one => one.Reviews);
            foreach (var (reviews, units) in known.Where((_, i) => i % Folds == fold))
            {
                var (estimate, lower, upper) = model.Estimate(reviews);
                judged.Add(new JudgedCase(units, estimate, lower, upper, reviews * constant, LastMonth: null));
            }
        }

        return judged;
    }
}
