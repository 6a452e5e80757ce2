// Made by web/generate from the API's OpenAPI document.

export interface AdFeatures {
  readonly account: string
  readonly ad: string
  readonly as_of: string
  readonly age_seconds?: number | null
  readonly status?: FeatureStatus
  readonly learned_at?: string | null
  readonly days_old?: number | null
  readonly windows: readonly AdWindow[]
  readonly pacing: AdPacing
  readonly placements: AdMix
  readonly audience: AdMix
}

export interface AdMix {
  readonly shares: readonly MixShare[]
  readonly learned_at?: string | null
  readonly age_seconds?: number | null
  readonly status?: FeatureStatus
}

export interface AdPacing {
  readonly spent_today?: string | null
  readonly spent_month?: string | null
  readonly daily_budget?: string | null
  readonly day_share?: number | null
  readonly month_share?: number | null
  readonly learned_at?: string | null
  readonly age_seconds?: number | null
  readonly status?: FeatureStatus
}

export interface AdWindow {
  readonly days: number
  readonly impressions: number
  readonly clicks: number
  readonly conversions: string
  readonly spend: string
  readonly click_rate?: number | null
  readonly conversion_rate?: number | null
  readonly cost_per_click?: number | null
  readonly cost_per_thousand?: number | null
  readonly frequency?: number | null
}

export interface Alert {
  readonly id: string
  readonly rule: string
  readonly run_id?: string | null
  readonly message: string
  readonly raised_at: string
  readonly attempts: number
  readonly delivered_at?: string | null
  readonly given_up_at?: string | null
  readonly last_error?: string | null
}

export interface AlertItemList {
  readonly items: readonly Alert[]
}

export type AlertKind = "failed" | "too_long" | "missing" | "drifted" | "lost"

export interface AlertRuleChange {
  readonly kind: AlertKind
  readonly url: string
  readonly job?: string
  readonly time?: string
  readonly metric?: string
  readonly tolerance?: number
  readonly history?: number
}

export interface AlertRuleView {
  readonly name: string
  readonly kind: AlertKind
  readonly job: string | null
  readonly destination: string
  readonly seconds: number | null
  readonly metric: string | null
  readonly tolerance: number | null
  readonly history: number
}

export interface AlertRuleViewItemList {
  readonly items: readonly AlertRuleView[]
}

export type AskedHow = "cli" | "api" | "schedule" | "retry" | "backfill"

export type AskerRole = "analyst" | "admin" | "operator"

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly client: string
  readonly request_id: string
}

export interface AuditEntryPage {
  readonly items: readonly AuditEntry[]
  readonly next: string | null
}

export interface BackfillDay {
  readonly day: string
  readonly state: DayState
  readonly run_id: string | null
}

export interface BackfillDayItemList {
  readonly items: readonly BackfillDay[]
}

export interface BackfillStart {
  readonly from: string
  readonly to: string
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface BacktestResult {
  readonly windows: number
  readonly horizon_days: number | null
  readonly not_enough_data: number
  readonly truth?: KnownTruth | null
  readonly model: EstimateFigures
  readonly last_month: EstimateFigures
  readonly constant: EstimateFigures
  readonly new_products: NewProductFigures
  readonly bands: readonly VolumeBand[]
  readonly horizons: readonly HorizonFigures[]
}

export interface CampaignChange {
  readonly id?: string | null
  readonly action: ChangeAction
  readonly state: ChangeState
  readonly account: string
  readonly campaign?: string | null
  readonly asked_by: string
  readonly asked_at: string
  readonly settled_at?: string | null
  readonly before?: CampaignValues | null
  readonly after: CampaignValues
  readonly problem?: string | null
  readonly undoes?: string | null
  readonly limits?: readonly CampaignLimit[]
  readonly warnings?: readonly string[]
}

export interface CampaignChangePage {
  readonly items: readonly CampaignChange[]
  readonly next: string | null
}

export type CampaignDivision = "account" | "campaign" | "ad_set" | "ad" | "date" | "week" | "month"

export interface CampaignDraft {
  readonly account?: string
  readonly name: string
  readonly objective: "OUTCOME_AWARENESS" | "OUTCOME_TRAFFIC" | "OUTCOME_ENGAGEMENT" | "OUTCOME_LEADS" | "OUTCOME_APP_PROMOTION" | "OUTCOME_SALES"
  readonly status?: "ACTIVE" | "PAUSED"
  readonly daily_budget?: number | string
  readonly lifetime_budget?: number | string
  readonly special_ad_categories?: readonly ("EMPLOYMENT" | "FINANCIAL_PRODUCTS_SERVICES" | "HOUSING" | "ISSUES_ELECTIONS_POLITICS" | "ONLINE_GAMBLING_AND_GAMING")[]
  readonly apply?: boolean
}

export interface CampaignEdit {
  readonly name?: string
  readonly status?: "ACTIVE" | "PAUSED" | "ARCHIVED"
  readonly daily_budget?: number | string
  readonly lifetime_budget?: number | string
  readonly plan?: string
  readonly apply?: boolean
}

export interface CampaignFigures {
  readonly account?: string | null
  readonly campaign?: string | null
  readonly campaign_name?: string | null
  readonly ad_set?: string | null
  readonly ad?: string | null
  readonly date?: string | null
  readonly impressions: number
  readonly clicks: number
  readonly spend: string
  readonly conversions: number | null
  readonly value?: string | null
  readonly click_rate?: number | null
  readonly conversion_rate?: number | null
  readonly cost_per_click?: number | null
  readonly cost_per_conversion?: number | null
  readonly learned_at: string
}

export interface CampaignFiguresPage {
  readonly items: readonly CampaignFigures[]
  readonly next: string | null
}

export interface CampaignLimit {
  readonly field: string
  readonly setting: string
  readonly limit: string
  readonly asked: string
}

export interface CampaignValues {
  readonly name: string
  readonly status: string
  readonly objective?: string | null
  readonly currency: string
  readonly daily_budget?: string | null
  readonly lifetime_budget?: string | null
}

export type CanaryVerdict = "passed" | "leak"

export type ChangeAction = "create" | "update" | "undo"

export type ChangeState = "planned" | "applying" | "applied" | "failed" | "undone" | "unchanged"

export interface Cohort {
  readonly month: string
  readonly customers: number
  readonly retention: readonly string[]
}

export interface ComparedMetric {
  readonly name: string
  readonly value: number | null
  readonly aim: MetricAim
  readonly target: number | null
  readonly baseline: number | null
  readonly compared: number | null
  readonly production: number | null
  readonly verdict: Verdict
  readonly is_same_data: boolean
  readonly decides: boolean
}

export interface CompletionPoint {
  readonly type: string
  readonly days: number
  readonly share: number | null
  readonly lower?: number | null
  readonly upper?: number | null
  readonly samples: number
}

export interface CompletionPointItemList {
  readonly items: readonly CompletionPoint[]
}

export interface ConsentChange {
  readonly events: boolean
}

export interface CoveredDay {
  readonly day: string
  readonly quotes: number
  readonly symbols: number
  readonly trusted_share: number | null
  readonly gap_seconds: number
  readonly unrecorded_seconds: number
}

export interface CoveredDayItemList {
  readonly items: readonly CoveredDay[]
}

export interface CoveredYear {
  readonly year: number
  readonly n: number
  readonly coverage: number | null
  readonly width: number | null
}

export interface DayNumbers {
  readonly impressions: number
  readonly clicks: number
  readonly spend: string
  readonly conversions: number | null
}

export type DayState = "missing" | "active" | "failed" | "done"

export interface DecidedSuspects {
  readonly sku: string
  readonly date: string
  readonly field: string | null
  readonly state: SuspectState
  readonly values: number
}

export interface DepthLevel {
  readonly price: string
  readonly amount: string
}

export type DepthState = "none" | "filling" | "live"

export interface DetectText {
  readonly csv: string
  readonly time?: string
  readonly value?: string
  readonly delimiter?: string
  readonly decimal?: string
  readonly date_format?: string
}

export interface DetectedAnomaly {
  readonly timestamp: string
  readonly value: number | null
  readonly anomaly_score: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly reason: string
}

export type ElasticitySource = "known_sales" | "reviews"

export interface EquityDay {
  readonly day: string
  readonly gross: number | null
  readonly net: number | null
}

export interface ErrorBody {
  readonly status: string
  readonly error: string
  readonly timestamp: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface EstimateFigures {
  readonly within_1_25: number | null
  readonly within_2: number | null
  readonly pinball: number | null
  readonly bias: number | null
  readonly coverage_80: number | null
}

export type EtlMode = "full" | "incremental"

export interface EtlResult {
  readonly run_id: string
  readonly status: string
  readonly mode: EtlMode
  readonly from: string | null
  readonly to: string | null
  readonly rows_read: number
  readonly rows_loaded: number
  readonly rejected: number
  readonly deleted: number
  readonly differing: number
  readonly seconds: number | null
  readonly watermark: string | null
  readonly tables: Readonly<Record<string, TableResult>>
  readonly steps: Readonly<Record<string, number | null>>
}

export interface EventsAccepted {
  readonly accepted: number
  readonly repeated: number
}

export interface FeatureRow {
  readonly symbol: string
  readonly feature_time: string
  readonly close: number | null
  readonly is_whole: boolean
  readonly features: Readonly<Record<string, number | null>>
}

export interface FeatureRowItemList {
  readonly items: readonly FeatureRow[]
}

export interface FeatureRowPage {
  readonly items: readonly FeatureRow[]
  readonly next: string | null
}

export type FeatureStatus = "fresh" | "stale" | "unknown"

export type FeedKind = "sync" | "load" | "events" | "notices"

export interface FeedState {
  readonly kind: FeedKind
  readonly account?: string | null
  readonly name?: string | null
  readonly learned_at?: string | null
  readonly last_day?: string | null
  readonly synced_to?: string | null
  readonly synced_at?: string | null
  readonly rows: number
}

export interface FeedStateItemList {
  readonly items: readonly FeedState[]
}

export interface Feeds {
  readonly items: readonly LatestQuote[]
  readonly log_bytes: number
  readonly written_at: string | null
}

export type ForecastStep = "day" | "week"

export interface ForecastText {
  readonly horizon?: number
  readonly frequency?: string
  readonly csv: string
  readonly time?: string
  readonly value?: string
  readonly delimiter?: string
  readonly decimal?: string
  readonly date_format?: string
}

export interface ForecastTrack {
  readonly symbol: string | null
  readonly horizon: number | null
  readonly model: string | null
  readonly forecasts: readonly TrackedForecast[]
  readonly cost_basis_points: number | null
  readonly decision_factor: number | null
  readonly acted_share: number | null
  readonly equity: readonly EquityDay[]
}

export interface FreshTable {
  readonly domain: string
  readonly name: string
  readonly latest: string
}

export interface FreshTableItemList {
  readonly items: readonly FreshTable[]
}

export interface HeldDay {
  readonly campaign_id: string
  readonly date: string
  readonly impressions: number
  readonly clicks: number
  readonly spend: string
  readonly conversions: number | null
}

export interface HeldEvent {
  readonly id: string
  readonly type: string
  readonly at: string
  readonly campaign_id: string
  readonly ad_id: string
  readonly value: string
  readonly currency?: string | null
}

export interface HeldOfPerson {
  readonly user: string
  readonly consent?: boolean | null
  readonly events: readonly HeldEvent[]
  readonly days: readonly HeldDay[]
}

export interface HorizonFigures {
  readonly horizon_days: number
  readonly is_forecast: boolean
  readonly windows: number
  readonly model: EstimateFigures
  readonly last_month: EstimateFigures
  readonly constant: EstimateFigures
}

export interface HourlyCandle {
  readonly open_time: string
  readonly source: string
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
  readonly is_whole: boolean
}

export interface HourlyCandlePage {
  readonly items: readonly HourlyCandle[]
  readonly next: string | null
}

export interface JobView {
  readonly name: string
  readonly description: string
  readonly timeout_seconds: number | null
  readonly can_backfill: boolean
  readonly role: AskerRole
  readonly arguments: Readonly<Record<string, unknown>>
}

export interface JobViewItemList {
  readonly items: readonly JobView[]
}

export interface JudgedFold {
  readonly fold: number
  readonly test_from: string
  readonly test_to: string
  readonly n: number
  readonly rmse: number | null
  readonly rmse_zero: number | null
  readonly coverage: number | null
}

export type KnownTruth = "auto" | "known" | "sold"

export interface KpiGroup {
  readonly key: string
  readonly orders: number
  readonly revenue: string
  readonly margin: string | null
  readonly average_order_value: string
  readonly cancellation_rate: string
}

export interface KpiResult {
  readonly from: string | null
  readonly to: string | null
  readonly orders: number
  readonly revenue: string
  readonly margin: string | null
  readonly average_order_value: string
  readonly cancellation_rate: string
  readonly by_period: readonly KpiGroup[]
  readonly by_region: readonly KpiGroup[]
  readonly by_manager: readonly KpiGroup[]
  readonly by_category: readonly KpiGroup[]
  readonly by_payment_method: readonly KpiGroup[]
  readonly top_products: readonly ProductSales[]
  readonly cohorts: readonly Cohort[]
}

export interface LatestQuote {
  readonly exchange: string
  readonly symbol: string
  readonly bid_price: string
  readonly bid_amount: string
  readonly ask_price: string
  readonly ask_amount: string
  readonly at: string
  readonly received_at: string
  readonly spread_basis_points: number | null
  readonly lag_milliseconds: number | null
  readonly age_seconds: number | null
  readonly per_minute: number
}

export interface LeakCanary {
  readonly name: string
  readonly symbol: string
  readonly horizon: number
  readonly verdict: CanaryVerdict
  readonly value: number | null
  readonly most: number | null
}

export interface LinkSignIn {
  readonly code: string
  readonly email?: string
  readonly password: string
}

export interface LiveFigures {
  readonly version: number
  readonly entity: string
  readonly predictions: number
  readonly known: number
  readonly mae: number | null
  readonly rmse: number | null
  readonly coverage: number | null
}

export interface LiveScore {
  readonly predictions: number
  readonly known: number
  readonly rmse: number | null
  readonly coverage_80: number | null
}

export interface Liveness {
  readonly status: string
}

export interface LogPage {
  readonly items: readonly RunLogLine[]
  readonly next: number | null
}

export interface MarketDepth {
  readonly exchange: string
  readonly symbol: string
  readonly state: DepthState
  readonly update_id: number
  readonly agreement: number | null
  readonly bids: readonly DepthLevel[]
  readonly asks: readonly DepthLevel[]
}

export interface MarketFigure {
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly reason: MarketReason | null
}

export interface MarketGroup {
  readonly name: string | null
  readonly products: number
  readonly estimated: number
  readonly units: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly revenue: number | null
  readonly share: number | null
  readonly units_change: MarketFigure
  readonly revenue_change: MarketFigure
  readonly share_change: MarketFigure
  readonly elasticity: MarketFigure
  readonly elasticity_source: ElasticitySource | null
  readonly prices_moved: number
  readonly entrants: number | null
  readonly entrant_revenue: MarketFigure
  readonly out_of_stock: number | null
  readonly gone: number
  readonly lost_units: MarketFigure
  readonly lost_revenue: MarketFigure
}

export interface MarketGroupItemList {
  readonly items: readonly MarketGroup[]
}

export type MarketPart = "category" | "brand"

export type MarketReason = "no_estimate" | "no_estimate_before" | "not_watched_before" | "too_few_products" | "prices_hardly_moved" | "too_few_sales" | "interval_too_wide"

export interface Me {
  readonly id: string
  readonly email: string
  readonly role: Role
}

export interface MendedRow {
  readonly table: string
  readonly key: string
  readonly row: string
}

export interface MerchantOffer {
  readonly merchant: string
  readonly name: string
  readonly rating: number | null
  readonly price: string
  readonly availability: string | null
  readonly delivery_days: number | null
  readonly captured_at: string
}

export interface MerchantOfferItemList {
  readonly items: readonly MerchantOffer[]
}

export interface Metric {
  readonly value: number | null
  readonly aim: MetricAim
  readonly target?: number | null
  readonly baseline?: number | null
}

export type MetricAim = "lower" | "higher" | "nearest"

export type MisfirePolicy = "run_once" | "skip"

export interface MixShare {
  readonly breakdown: string
  readonly segment: string
  readonly impressions: number
  readonly share?: number | null
  readonly click_rate?: number | null
}

export interface ModedRun {
  readonly mode?: string
  readonly timeout?: number
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface Model {
  readonly name: string
  readonly description: string
  readonly versions: number
  readonly production: number | null
  readonly created_at: string
  readonly changed_at: string
}

export interface ModelItemList {
  readonly items: readonly Model[]
}

export type ModelStage = "staging" | "production" | "archived"

export interface NewProductFigures {
  readonly windows: number
  readonly model: EstimateFigures
  readonly last_month: EstimateFigures
  readonly constant: EstimateFigures
}

export interface NewUser {
  readonly email: string
  readonly role: Role
  readonly password?: string
}

export type OverlapPolicy = "skip" | "queue" | "cancel_running"

export interface PasswordChange {
  readonly current_password: string
  readonly password: string
}

export interface PasswordSignIn {
  readonly email: string
  readonly password: string
}

export type Period = "day" | "week" | "month"

export interface PredictedRevenue {
  readonly date: string
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly actual: number | null
}

export interface PriceSpan {
  readonly merchant: string
  readonly price: string
  readonly valid_from: string
  readonly valid_to: string | null
}

export interface ProductDay {
  readonly date: string
  readonly features: Readonly<Record<string, unknown>>
}

export interface ProductHistory {
  readonly product: WatchedProduct
  readonly days: readonly ProductDay[]
  readonly prices: readonly PriceSpan[]
}

export interface ProductSales {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly revenue: string
  readonly margin: string | null
}

export interface Promotion {
  readonly model: string
  readonly number: number
  readonly version: number
  readonly replaced: number | null
  readonly action: PromotionAction
  readonly is_forced: boolean
  readonly reason: string
  readonly decided_by: string
  readonly decided_at: string
}

export type PromotionAction = "promoted" | "rolled_back"

export interface PromotionChange {
  readonly force?: boolean
  readonly reason?: string
}

export interface PromotionItemList {
  readonly items: readonly Promotion[]
}

export interface PublishedFigures {
  readonly model: string
  readonly version: number
  readonly trained_to: string
  readonly metrics: Readonly<Record<string, Metric>>
  readonly backtest: BacktestResult | null
}

export interface PublishedLoad {
  readonly run_id: string
  readonly mode: string
  readonly from: string | null
  readonly to: string | null
  readonly started_at: string
  readonly finished_at: string | null
  readonly status: string
  readonly result: EtlResult | null
}

export interface PublishedLoadItemList {
  readonly items: readonly PublishedLoad[]
}

export interface QueryColumn {
  readonly name: string
  readonly type: string
}

export interface QuotePoint {
  readonly at: string
  readonly bid: number | null
  readonly ask: number | null
  readonly spread_basis_points: number | null
  readonly quotes: number
}

export interface QuotePointItemList {
  readonly items: readonly QuotePoint[]
}

export interface Readiness {
  readonly status: string
  readonly store: string
  readonly migrations: string
}

export interface RecordedGap {
  readonly exchange: string
  readonly symbol: string
  readonly stream: string
  readonly from: string
  readonly to: string
  readonly seconds: number | null
  readonly reason: string
}

export interface RecordedGapPage {
  readonly items: readonly RecordedGap[]
  readonly next: string | null
}

export interface Refresh {
  readonly refresh_token: string
}

export interface RejectedRow {
  readonly run_id: string
  readonly table: string
  readonly key: string
  readonly rule: string
  readonly problem: string
  readonly row: unknown
  readonly rejected_at: string
  readonly replayed_at: string | null
}

export interface RejectedRowPage {
  readonly items: readonly RejectedRow[]
  readonly next: string | null
}

export interface Restatement {
  readonly account: string
  readonly campaign: string
  readonly campaign_name?: string | null
  readonly date: string
  readonly known_at: string
  readonly learned_at: string
  readonly before: DayNumbers
  readonly after: DayNumbers
}

export interface RestatementPage {
  readonly items: readonly Restatement[]
  readonly next: string | null
}

export interface ReturnChampion {
  readonly symbol: string
  readonly horizon: number
  readonly model: string
  readonly version: number
  readonly rmse: number | null
  readonly rmse_zero: number | null
  readonly beats_zero: boolean
  readonly note?: string | null
}

export interface ReturnComparison {
  readonly trained: readonly TrainedSymbol[]
  readonly symbol: string | null
  readonly horizon: number | null
  readonly champion: ReturnChampion | null
  readonly models: readonly ReturnMetrics[]
  readonly canaries: readonly LeakCanary[]
  readonly years: readonly CoveredYear[]
  readonly folds: readonly JudgedFold[]
}

export interface ReturnFigures {
  readonly n: number
  readonly rmse: number | null
  readonly mae: number | null
  readonly rmse_zero: number | null
  readonly r2_zero: number | null
  readonly r2_mean: number | null
  readonly directional_accuracy: number | null
  readonly up_share: number | null
  readonly ic: number | null
  readonly rank_ic: number | null
  readonly ic_ir: number | null
  readonly sharpe_gross: number | null
  readonly sharpe_net: number | null
  readonly turnover: number | null
  readonly max_drawdown: number | null
  readonly calibration_slope: number | null
  readonly coverage_80: number | null
  readonly width_80: number | null
  readonly acted_share: number | null
  readonly acted_accuracy: number | null
  readonly acted_sharpe_gross: number | null
  readonly acted_sharpe_net: number | null
  readonly acted_turnover: number | null
}

export interface ReturnMetrics {
  readonly model: string
  readonly version: number | null
  readonly symbol: string
  readonly horizon: number
  readonly trained_at: string
  readonly train_from: string
  readonly test_from: string
  readonly test_to: string
  readonly data_fingerprint: string
  readonly feature_fingerprint: string
  readonly is_champion: boolean
  readonly figures: ReturnFigures
  readonly live: LiveScore
}

export interface ReturnMetricsItemList {
  readonly items: readonly ReturnMetrics[]
}

export interface ReturnPrediction {
  readonly model: string
  readonly version: number
  readonly symbol: string
  readonly horizon: number
  readonly feature_time: string
  readonly made_at: string
  readonly target_time: string
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly actual: number | null
}

export interface ReturnPredictionItemList {
  readonly items: readonly ReturnPrediction[]
}

export interface RevenueForecast {
  readonly model: string
  readonly version: number | null
  readonly as_of: string | null
  readonly made_at: string | null
  readonly items: readonly PredictedRevenue[]
}

export type Role = "admin" | "analyst" | "viewer"

export interface RollbackChange {
  readonly reason?: string
}

export interface Run {
  readonly id: string
  readonly job: string
  readonly state: RunState
  readonly arguments: Readonly<Record<string, unknown>>
  readonly asked_by: string
  readonly asked_how: AskedHow
  readonly parent_id?: string | null
  readonly attempt: number
  readonly max_attempts: number
  readonly timeout_seconds: number | null
  readonly concurrency_key?: string | null
  readonly idempotency_key?: string | null
  readonly queued_at: string
  readonly due_at: string
  readonly started_at?: string | null
  readonly finished_at?: string | null
  readonly cancel_asked_at?: string | null
  readonly cancel_asked_by?: string | null
  readonly progress?: RunProgress | null
  readonly result?: unknown
  readonly error?: string | null
  readonly error_kind?: string | null
  readonly worker?: string | null
  readonly is_ended?: boolean
}

export interface RunLogLine {
  readonly number: number
  readonly at: string
  readonly level: string
  readonly message: string
}

export interface RunPage {
  readonly items: readonly Run[]
  readonly next: string | null
}

export interface RunProgress {
  readonly step: string
  readonly done: number | null
  readonly total: number | null
}

export interface RunStart {
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface RunStarted {
  readonly id: string
  readonly job: string
  readonly state: RunState
}

export type RunState = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "timed_out"

export interface SalesForecast {
  readonly days?: number
  readonly units?: number | null
  readonly lower?: number | null
  readonly upper?: number | null
}

export interface SalesLine {
  readonly order_id: number
  readonly line_number: number
  readonly date: string
  readonly customer: string
  readonly sku: string
  readonly product: string
  readonly region: string
  readonly manager: string
  readonly payment_method: string
  readonly order_status: string
  readonly payment_status: string
  readonly quantity: number
  readonly unit_price: string
  readonly discount: string
  readonly net: string
  readonly margin: string | null
}

export interface SalesLinePage {
  readonly items: readonly SalesLine[]
  readonly next: string | null
}

export interface SalesPeriod {
  readonly from: string | null
  readonly to: string | null
}

export type SalesReason = "not_enough_data" | "product_share" | "brand_share" | "category_share" | "marketplace_share" | "prior_share" | "total_so_far"

export interface SalesRow {
  readonly sku: string
  readonly date: string
  readonly units: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly reason: SalesReason
  readonly days: number | null
  readonly revenue: number | null
  readonly forecast: readonly SalesForecast[]
}

export interface SalesRowItemList {
  readonly items: readonly SalesRow[]
}

export interface SalesRowPage {
  readonly items: readonly SalesRow[]
  readonly next: string | null
}

export interface Schedule {
  readonly name: string
  readonly job: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly cron: string
  readonly time_zone: string
  readonly misfire: MisfirePolicy
  readonly overlap: OverlapPolicy
  readonly is_paused: boolean
  readonly next_at: string | null
  readonly changed_by: string
  readonly changed_at: string
}

export interface ScheduleChange {
  readonly job: string
  readonly cron: string
  readonly time_zone?: string
  readonly misfire?: MisfirePolicy
  readonly overlap?: OverlapPolicy
  readonly is_paused?: boolean
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface ScheduleFire {
  readonly schedule: string
  readonly fire_at: string
  readonly state: string
  readonly run_id: string | null
  readonly note: string | null
}

export interface ScheduleItemList {
  readonly items: readonly Schedule[]
}

export interface ScheduleView {
  readonly schedule: Schedule
  readonly next_times: readonly string[]
  readonly last_times: readonly ScheduleFire[]
}

export interface ScriptRun {
  readonly script: string
  readonly timeout?: number
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface ScriptStatus {
  readonly script: string
  readonly job: string
  readonly run: Run | null
}

export interface ScriptStatusItemList {
  readonly items: readonly ScriptStatus[]
}

export interface ScriptView {
  readonly name: string
  readonly job: string
  readonly description: string
  readonly arguments: Readonly<Record<string, unknown>>
}

export interface ScriptViewItemList {
  readonly items: readonly ScriptView[]
}

export interface SeenCampaign {
  readonly id: string
  readonly account: string
  readonly name?: string | null
  readonly status?: string | null
  readonly objective?: string | null
  readonly currency?: string | null
  readonly daily_budget?: string | null
  readonly lifetime_budget?: string | null
  readonly learned_at: string
}

export interface SeenCampaignPage {
  readonly items: readonly SeenCampaign[]
  readonly next: string | null
}

export interface SeriesAnomalies {
  readonly times: readonly string[]
  readonly values: readonly (number | null)[]
  readonly lower: readonly (number | null)[]
  readonly upper: readonly (number | null)[]
  readonly anomalies: readonly DetectedAnomaly[]
  readonly notes: readonly string[]
  readonly read_as: string
}

export interface SeriesComponent {
  readonly name: string
  readonly values: readonly (number | null)[]
}

export interface SeriesForecast {
  readonly times: readonly string[]
  readonly values: readonly (number | null)[]
  readonly forecast: readonly (number | null)[]
  readonly lower: readonly (number | null)[]
  readonly upper: readonly (number | null)[]
  readonly trend: readonly (number | null)[]
  readonly components: readonly SeriesComponent[]
  readonly changepoints: readonly string[]
  readonly notes: readonly string[]
  readonly read_as: string
}

export interface SessionStart {
  readonly email?: string
  readonly password?: string
  readonly code?: string
}

export interface SessionToken {
  readonly access_token: string
  readonly expires_in: number
  readonly user: Me
}

export interface SqlRows {
  readonly columns: readonly QueryColumn[]
  readonly rows: readonly (readonly unknown[])[]
  readonly truncated: boolean
  readonly truncation: Truncation
  readonly seconds: number | null
}

export interface StoreColumn {
  readonly name: string
  readonly type: string
  readonly is_nullable: boolean
}

export interface StoreTable {
  readonly schema: string
  readonly name: string
  readonly kind: string
  readonly columns: readonly StoreColumn[]
  readonly rows: number | null
  readonly bytes: number | null
}

export interface StoreTableItemList {
  readonly items: readonly StoreTable[]
}

export interface Suspect {
  readonly sku: string
  readonly date: string
  readonly field: string
  readonly value: number | null
  readonly expected_low: number | null
  readonly expected_high: number | null
  readonly expected: string
  readonly rule: string
  readonly known_on: string
  readonly found_at: string
  readonly state: SuspectState
  readonly decided_by: string | null
  readonly decided_at: string | null
  readonly reason: string | null
}

export interface SuspectDecision {
  readonly sku: string
  readonly date: string
  readonly field?: string
  readonly reason: string
}

export interface SuspectPage {
  readonly items: readonly Suspect[]
  readonly next: string | null
}

export type SuspectState = "open" | "released" | "confirmed"

export interface TableResult {
  readonly read: number
  readonly loaded: number
  readonly changed: number
  readonly rejected: number
  readonly deleted: number
  readonly differing: number
}

export interface TimedRun {
  readonly timeout?: number
  readonly arguments?: Readonly<Record<string, unknown>>
}

export interface TokenResponse {
  readonly access_token: string
  readonly refresh_token: string
  readonly token_type: string
  readonly expires_in: number
}

export interface TrackedForecast {
  readonly feature_time: string
  readonly target_time: string
  readonly fold: number | null
  readonly version: number
  readonly close: number | null
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly actual: number | null
}

export interface TrainedSymbol {
  readonly symbol: string
  readonly horizons: readonly number[]
}

export type Truncation = "none" | "rows" | "bytes"

export interface UserChange {
  readonly role?: Role
  readonly is_disabled?: boolean
  readonly password?: string
}

export interface UserCreated {
  readonly user: UserView
  readonly link_code: string | null
}

export interface UserView {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly is_disabled: boolean
  readonly has_password: boolean
  readonly created_at: string
}

export interface UserViewItemList {
  readonly items: readonly UserView[]
}

export type Verdict = "better" | "same" | "worse" | "unknown"

export interface VersionView {
  readonly model: string
  readonly version: number
  readonly kind: string
  readonly stage: ModelStage
  readonly parameters: Readonly<Record<string, unknown>>
  readonly metrics: readonly ComparedMetric[]
  readonly live: readonly LiveFigures[]
  readonly trained_from: string
  readonly trained_to: string
  readonly rows: number
  readonly data_fingerprint: string
  readonly code_version: string
  readonly artefact_bytes: number
  readonly artefact_sha256: string
  readonly run_id: string | null
  readonly created_by: string
  readonly created_at: string
}

export interface VersionViewItemList {
  readonly items: readonly VersionView[]
}

export interface VolumeBand {
  readonly from: number | null
  readonly to: number | null
  readonly windows: number
  readonly bias: number | null
  readonly model: EstimateFigures
  readonly last_month: EstimateFigures
  readonly constant: EstimateFigures
}

export interface WatchedProduct {
  readonly sku: string
  readonly title: string | null
  readonly brand: string | null
  readonly category: string | null
  readonly first_seen: string
  readonly last_seen: string
  readonly features: Readonly<Record<string, unknown>> | null
  readonly recent_reviews: readonly (number | null)[]
}

export interface WatchedProductPage {
  readonly items: readonly WatchedProduct[]
  readonly next: string | null
}

export interface Routes {
  "GET /api/v1/ads/features": { path: never; query: { readonly ad: string; readonly account?: string; readonly as_of?: string }; body: never; result: AdFeatures }
  "GET /api/v1/alert-rules": { path: never; query: never; body: never; result: AlertRuleViewItemList }
  "DELETE /api/v1/alert-rules/{name}": { path: { readonly name: string }; query: never; body: never; result: undefined }
  "PUT /api/v1/alert-rules/{name}": { path: { readonly name: string }; query: never; body: AlertRuleChange; result: AlertRuleView }
  "GET /api/v1/alerts": { path: never; query: { readonly limit?: number }; body: never; result: AlertItemList }
  "GET /api/v1/analytics/campaigns": { path: never; query: { readonly by?: readonly CampaignDivision[]; readonly from?: string; readonly to?: string; readonly as_of?: string; readonly campaign?: string; readonly account?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: CampaignFiguresPage }
  "GET /api/v1/analytics/completion": { path: never; query: { readonly campaign?: string; readonly account?: string; readonly as_of?: string }; body: never; result: CompletionPointItemList }
  "GET /api/v1/analytics/feeds": { path: never; query: never; body: never; result: FeedStateItemList }
  "GET /api/v1/analytics/restatements": { path: never; query: { readonly from?: string; readonly to?: string; readonly since?: string; readonly campaign?: string; readonly account?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: RestatementPage }
  "GET /api/v1/audit": { path: never; query: { readonly limit?: number; readonly before?: string }; body: never; result: AuditEntryPage }
  "POST /api/v1/auth/link": { path: never; query: never; body: LinkSignIn; result: TokenResponse }
  "GET /api/v1/auth/me": { path: never; query: never; body: never; result: Me }
  "POST /api/v1/auth/password": { path: never; query: never; body: PasswordChange; result: TokenResponse }
  "POST /api/v1/auth/refresh": { path: never; query: never; body: Refresh; result: TokenResponse }
  "POST /api/v1/auth/revoke": { path: never; query: never; body: never; result: undefined }
  "DELETE /api/v1/auth/session": { path: never; query: never; body: never; result: undefined }
  "POST /api/v1/auth/session": { path: never; query: never; body: SessionStart; result: SessionToken }
  "POST /api/v1/auth/session/password": { path: never; query: never; body: PasswordChange; result: SessionToken }
  "POST /api/v1/auth/session/refresh": { path: never; query: never; body: never; result: SessionToken | undefined }
  "POST /api/v1/auth/token": { path: never; query: never; body: PasswordSignIn; result: TokenResponse }
  "GET /api/v1/campaigns": { path: never; query: { readonly search?: string; readonly account?: string; readonly status?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: SeenCampaignPage }
  "POST /api/v1/campaigns": { path: never; query: never; body: CampaignDraft; result: CampaignChange }
  "GET /api/v1/campaigns/changes": { path: never; query: { readonly campaign?: string; readonly state?: ChangeState; readonly limit?: number; readonly cursor?: number }; body: never; result: CampaignChangePage }
  "POST /api/v1/campaigns/changes/{id}/undo": { path: { readonly id: string }; query: never; body: never; result: CampaignChange }
  "PATCH /api/v1/campaigns/{id}": { path: { readonly id: string }; query: never; body: CampaignEdit; result: CampaignChange }
  "POST /api/v1/events": { path: never; query: never; body: never; result: EventsAccepted }
  "GET /api/v1/freshness": { path: never; query: never; body: never; result: FreshTableItemList }
  "GET /api/v1/jobs": { path: never; query: never; body: never; result: JobViewItemList }
  "GET /api/v1/jobs/{job}/backfill": { path: { readonly job: string }; query: { readonly from: string; readonly to: string }; body: never; result: BackfillDayItemList }
  "POST /api/v1/jobs/{job}/backfill": { path: { readonly job: string }; query: never; body: BackfillStart; result: RunStarted }
  "POST /api/v1/jobs/{job}/runs": { path: { readonly job: string }; query: never; body: RunStart; result: RunStarted }
  "POST /api/v1/learning/detect": { path: never; query: never; body: DetectText; result: SeriesAnomalies }
  "POST /api/v1/learning/forecast": { path: never; query: never; body: ForecastText; result: SeriesForecast }
  "GET /api/v1/marketplace/backtest": { path: never; query: never; body: never; result: PublishedFigures }
  "GET /api/v1/marketplace/market": { path: never; query: { readonly by?: MarketPart; readonly limit?: number }; body: never; result: MarketGroupItemList }
  "GET /api/v1/marketplace/products": { path: never; query: { readonly search?: string; readonly category?: string; readonly brand?: string; readonly limit?: number; readonly cursor?: string }; body: never; result: WatchedProductPage }
  "GET /api/v1/marketplace/products/{sku}/history": { path: { readonly sku: string }; query: { readonly from?: string; readonly to?: string }; body: never; result: ProductHistory }
  "GET /api/v1/marketplace/products/{sku}/offers": { path: { readonly sku: string }; query: never; body: never; result: MerchantOfferItemList }
  "GET /api/v1/marketplace/products/{sku}/sales": { path: { readonly sku: string }; query: { readonly limit?: number }; body: never; result: SalesRowItemList }
  "GET /api/v1/marketplace/sales": { path: never; query: { readonly category?: string; readonly brand?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: SalesRowPage }
  "GET /api/v1/marketplace/suspects": { path: never; query: { readonly state?: SuspectState; readonly sku?: string; readonly rule?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: SuspectPage }
  "POST /api/v1/marketplace/suspects/confirm": { path: never; query: never; body: SuspectDecision; result: DecidedSuspects }
  "POST /api/v1/marketplace/suspects/release": { path: never; query: never; body: SuspectDecision; result: DecidedSuspects }
  "GET /api/v1/models": { path: never; query: never; body: never; result: ModelItemList }
  "GET /api/v1/models/{name}/history": { path: { readonly name: string }; query: never; body: never; result: PromotionItemList }
  "POST /api/v1/models/{name}/rollback": { path: { readonly name: string }; query: never; body: RollbackChange; result: Promotion }
  "GET /api/v1/models/{name}/versions": { path: { readonly name: string }; query: never; body: never; result: VersionViewItemList }
  "POST /api/v1/models/{name}/versions/{version}/promote": { path: { readonly name: string; readonly version: string }; query: never; body: PromotionChange; result: Promotion }
  "PUT /api/v1/privacy/{user}/consent": { path: { readonly user: string }; query: never; body: ConsentChange; result: undefined }
  "GET /api/v1/privacy/{user}/export": { path: { readonly user: string }; query: never; body: never; result: HeldOfPerson }
  "GET /api/v1/query": { path: never; query: { readonly sql: string; readonly limit?: number; readonly timeout?: number }; body: never; result: SqlRows }
  "GET /api/v1/retail/forecast": { path: never; query: { readonly by?: ForecastStep }; body: never; result: RevenueForecast }
  "GET /api/v1/retail/kpi": { path: never; query: { readonly from?: string; readonly to?: string; readonly by?: Period; readonly top?: number; readonly without_cohorts?: boolean }; body: never; result: KpiResult }
  "GET /api/v1/retail/loads": { path: never; query: { readonly limit?: number }; body: never; result: PublishedLoadItemList }
  "GET /api/v1/retail/period": { path: never; query: never; body: never; result: SalesPeriod }
  "GET /api/v1/retail/rejects": { path: never; query: { readonly limit?: number; readonly cursor?: number }; body: never; result: RejectedRowPage }
  "PUT /api/v1/retail/rejects": { path: never; query: never; body: MendedRow; result: undefined }
  "GET /api/v1/retail/sales": { path: never; query: { readonly from?: string; readonly to?: string; readonly region?: string; readonly manager?: string; readonly category?: string; readonly payment_method?: string; readonly limit?: number; readonly cursor?: number }; body: never; result: SalesLinePage }
  "GET /api/v1/runs": { path: never; query: { readonly job?: string; readonly state?: RunState; readonly parent?: string; readonly limit?: number; readonly cursor?: string }; body: never; result: RunPage }
  "DELETE /api/v1/runs/{id}": { path: { readonly id: string }; query: never; body: never; result: Run }
  "GET /api/v1/runs/{id}": { path: { readonly id: string }; query: never; body: never; result: Run }
  "GET /api/v1/runs/{id}/logs": { path: { readonly id: string }; query: { readonly after?: number; readonly limit?: number }; body: never; result: LogPage }
  "POST /api/v1/runs/{id}/retry": { path: { readonly id: string }; query: never; body: never; result: RunStarted }
  "GET /api/v1/schedules": { path: never; query: never; body: never; result: ScheduleItemList }
  "DELETE /api/v1/schedules/{name}": { path: { readonly name: string }; query: never; body: never; result: undefined }
  "GET /api/v1/schedules/{name}": { path: { readonly name: string }; query: never; body: never; result: ScheduleView }
  "PUT /api/v1/schedules/{name}": { path: { readonly name: string }; query: never; body: ScheduleChange; result: Schedule }
  "POST /api/v1/schedules/{name}/pause": { path: { readonly name: string }; query: never; body: never; result: Schedule }
  "POST /api/v1/schedules/{name}/resume": { path: { readonly name: string }; query: never; body: never; result: Schedule }
  "GET /api/v1/tables": { path: never; query: never; body: never; result: StoreTableItemList }
  "GET /api/v1/trading/candles": { path: never; query: { readonly symbol: string; readonly from_time: string; readonly to_time: string; readonly limit?: number; readonly cursor?: number }; body: never; result: HourlyCandlePage }
  "GET /api/v1/trading/coverage": { path: never; query: { readonly days?: number }; body: never; result: CoveredDayItemList }
  "GET /api/v1/trading/depth": { path: never; query: { readonly exchange: string; readonly symbol: string }; body: never; result: MarketDepth }
  "GET /api/v1/trading/features": { path: never; query: { readonly symbol?: string; readonly from_time: string; readonly to_time: string; readonly limit?: number; readonly cursor?: number }; body: never; result: FeatureRowPage }
  "GET /api/v1/trading/features/latest": { path: never; query: { readonly symbol?: string; readonly limit?: number }; body: never; result: FeatureRowItemList }
  "GET /api/v1/trading/feeds": { path: never; query: never; body: never; result: Feeds }
  "GET /api/v1/trading/gaps": { path: never; query: { readonly limit?: number; readonly cursor?: number }; body: never; result: RecordedGapPage }
  "GET /api/v1/trading/metrics/latest": { path: never; query: { readonly model_name?: string }; body: never; result: ReturnMetricsItemList }
  "GET /api/v1/trading/predictions/latest": { path: never; query: { readonly limit?: number; readonly model_name?: string; readonly horizon?: number }; body: never; result: ReturnPredictionItemList }
  "GET /api/v1/trading/quotes": { path: never; query: { readonly exchange: string; readonly symbol: string; readonly minutes?: number }; body: never; result: QuotePointItemList }
  "GET /api/v1/trading/returns": { path: never; query: { readonly symbol?: string; readonly horizon?: number }; body: never; result: ReturnComparison }
  "GET /api/v1/trading/returns/forecasts": { path: never; query: { readonly limit?: number; readonly symbol?: string; readonly horizon?: number }; body: never; result: ForecastTrack }
  "GET /api/v1/users": { path: never; query: never; body: never; result: UserViewItemList }
  "POST /api/v1/users": { path: never; query: never; body: NewUser; result: UserCreated }
  "PATCH /api/v1/users/{id}": { path: { readonly id: string }; query: never; body: UserChange; result: UserView }
  "GET /features": { path: never; query: { readonly symbol?: string; readonly from_time: string; readonly to_time: string; readonly limit?: number; readonly cursor?: number }; body: never; result: FeatureRowPage }
  "GET /features/latest": { path: never; query: { readonly symbol?: string; readonly limit?: number }; body: never; result: FeatureRowItemList }
  "GET /health/live": { path: never; query: never; body: never; result: Liveness }
  "GET /health/ready": { path: never; query: never; body: never; result: Readiness }
  "GET /metrics/latest": { path: never; query: { readonly model_name?: string }; body: never; result: ReturnMetricsItemList }
  "POST /ml/data-collector/run": { path: never; query: never; body: ModedRun; result: RunStarted }
  "POST /ml/predictor/run": { path: never; query: never; body: TimedRun; result: RunStarted }
  "GET /ml/scripts/available": { path: never; query: never; body: never; result: ScriptViewItemList }
  "POST /ml/scripts/run": { path: never; query: never; body: ScriptRun; result: RunStarted }
  "GET /ml/scripts/status": { path: never; query: never; body: never; result: ScriptStatusItemList }
  "GET /ml/scripts/status/{script}": { path: { readonly script: string }; query: never; body: never; result: ScriptStatus }
  "POST /ml/scripts/{script}/cancel": { path: { readonly script: string }; query: never; body: never; result: Run }
  "POST /ml/trainer/run": { path: never; query: never; body: ModedRun; result: RunStarted }
  "GET /predictions/latest": { path: never; query: { readonly limit?: number; readonly model_name?: string; readonly horizon?: number }; body: never; result: ReturnPredictionItemList }
  "GET /webhooks/meta": { path: never; query: never; body: never; result: undefined }
  "POST /webhooks/meta": { path: never; query: never; body: never; result: undefined }
}
