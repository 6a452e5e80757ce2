namespace Tradepost.Learning.Tests.Contract;

/// <summary>
/// What holds for every estimator. A sealed subclass says how its estimator is fitted, asked, saved and loaded, and what it documents;
/// it inherits the tests. Rows go in, doubles come out. A detector that learns from the rows alone has no target: <see cref="ReadsTarget"/> is false.
/// </summary>
/// <typeparam name="TModel">What a fit gives.</typeparam>
public abstract class EstimatorContract<TModel>
    where TModel : class
{
    private const int Changed = 7;

    /// <summary>Rows that can be fitted.</summary>
    protected virtual ContractRows Rows { get; } = ContractRows.Some();

    /// <summary>Further rows, to ask for.</summary>
    protected virtual ContractRows Questions { get; } = ContractRows.Some(count: 60, seed: 2);

    /// <summary>How few rows can be fitted; one fewer is refused.</summary>
    protected abstract int LeastRows { get; }

    /// <summary>
    /// How far predictions may be apart, in units of the target, when the rows come in another order: 0 for bit for bit, the rounding of sums
    /// where rows are added up, null where the method depends on the order.
    /// </summary>
    protected abstract double? RowOrderTolerance { get; }

    /// <summary>The column that is spoilt to see what happens.</summary>
    protected virtual int SpoiltColumn => 0;

    protected virtual bool ReadsTarget => true;

    /// <summary>NaN in a column of the rows that are fitted.</summary>
    protected abstract Treatment MissingValue { get; }

    /// <summary>NaN in a column of the rows that are asked for.</summary>
    protected virtual Treatment MissingValueAsked => MissingValue;

    protected virtual Treatment MissingTarget => Treatment.Refused;

    protected virtual Treatment ConstantColumn => Treatment.Accepted;

    protected virtual Treatment ConstantTarget => Treatment.Accepted;

    /// <summary>Fits with a seed and a number of threads, where the estimator has them.</summary>
    protected abstract TModel Fit(ContractRows rows, long seed, int threads);

    /// <summary>One number per row.</summary>
    protected abstract double[] Predict(TModel model, ContractRows rows);

    protected abstract byte[] Save(TModel model);

    /// <summary>Throws a <see cref="FormatException"/> for what <see cref="Save"/> did not write.</summary>
    protected abstract TModel Load(byte[] saved);

    [Fact]
    public void The_same_seed_gives_the_same_model_whatever_the_number_of_threads()
    {
        var once = Ask(Fitted(Rows));

        Ask(Fitted(Rows)).ShouldBe(once);
        Ask(Fit(Rows, seed: 1, threads: 2)).ShouldBe(once);
        Ask(Fit(Rows, seed: 1, threads: 3)).ShouldBe(once);
    }

    [Fact]
    public void A_saved_and_loaded_model_predicts_the_same_to_the_last_bit()
    {
        var model = Fitted(Rows);

        var saved = Save(model);
        var loaded = Load(saved);

        Ask(loaded).ShouldBe(Ask(model));
        Save(loaded).ShouldBe(saved);
    }

    [Fact]
    public void What_is_no_saved_model_is_refused()
    {
        var saved = Save(Fitted(Rows));

        Should.Throw<FormatException>(() => Load([]));
        Should.Throw<FormatException>(() => Load("{}"u8.ToArray()));
        Should.Throw<FormatException>(() => Load(saved[..(saved.Length / 2)]));
    }

    [Fact]
    public void Rows_in_another_order_give_the_same_model_where_the_method_says_so()
    {
        if (RowOrderTolerance is not { } tolerance)
        {
            return;
        }

        var shuffled = Rows.Take([.. Enumerable.Range(0, Rows.Count).OrderBy(row => row * 7919L % Rows.Count).ThenBy(row => row)]);

        var (given, other) = (Ask(Fitted(Rows)), Ask(Fitted(shuffled)));

        other.Zip(given, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(tolerance);
    }

    [Fact]
    public void Predictions_of_ordinary_rows_are_finite_and_one_per_row()
    {
        var predictions = Ask(Fitted(Rows));

        predictions.Length.ShouldBe(Questions.Count);
        predictions.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void A_missing_value_is_treated_as_documented()
    {
        Treated(MissingValue, () => Fitted(Rows.WithColumn(SpoiltColumn, (row, value) => row % Changed == 3 ? double.NaN : value)));
        var model = Fitted(Rows);
        Treated(
            MissingValueAsked,
            () => model,
            Questions.WithColumn(SpoiltColumn, (row, value) => row % Changed == 3 ? double.NaN : value)
        );
        if (ReadsTarget)
        {
            Treated(MissingTarget, () => Fitted(Rows.WithTarget((row, value) => row % Changed == 3 ? double.NaN : value)));
        }
    }

    [Fact]
    public void A_constant_column_is_treated_as_documented() =>
        Treated(ConstantColumn, () => Fitted(Rows.WithColumn(SpoiltColumn, (_, _) => 5)));

    [Fact]
    public void A_constant_target_is_treated_as_documented()
    {
        if (ReadsTarget)
        {
            Treated(ConstantTarget, () => Fitted(Rows.WithTarget((_, _) => 1)));
        }
    }

    [Fact]
    public void An_infinite_value_is_refused()
    {
        Refused(() => Fitted(Rows.WithColumn(SpoiltColumn, (row, value) => row == 11 ? double.PositiveInfinity : value)));
        if (ReadsTarget)
        {
            Refused(() => Fitted(Rows.WithTarget((row, value) => row == 11 ? double.NegativeInfinity : value)));
        }

        var model = Fitted(Rows);
        Refused(() => Predict(model, Questions.WithColumn(SpoiltColumn, (row, value) => row == 11 ? double.NegativeInfinity : value)));
    }

    [Fact]
    public void No_rows_and_too_few_rows_are_refused()
    {
        Refused(() => Fitted(Rows.First(0)));
        Refused(() => Fitted(Rows.First(LeastRows - 1)));

        Ask(Fitted(Rows.First(LeastRows))).ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void Fewer_targets_than_rows_are_refused()
    {
        if (ReadsTarget)
        {
            Refused(() => Fitted(Rows with { Target = Rows.Target[..^1] }));
        }
    }

    private TModel Fitted(ContractRows rows) => Fit(rows, seed: 1, threads: 1);

    private double[] Ask(TModel model) => Predict(model, Questions);

    private void Treated(Treatment treatment, Func<TModel> fit, ContractRows? questions = null)
    {
        if (treatment == Treatment.Refused)
        {
            Refused(() => Predict(fit(), questions ?? Questions));
            return;
        }

        Predict(fit(), questions ?? Questions).ShouldAllBe(value => double.IsFinite(value));
    }

    private static void Refused(Action action)
    {
        var refusal = Should.Throw<ArgumentException>(action);

        refusal.ParamName.ShouldNotBeNullOrEmpty();
        refusal.Message.Length.ShouldBeGreaterThan(refusal.ParamName.Length + 20);
    }

    private static void Refused(Func<object> function) =>
        Refused(() =>
        {
            function();
        });
}
